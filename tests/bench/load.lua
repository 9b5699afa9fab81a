-- What wrk sends: the same request again and again, or one whose "#" becomes a number that is new each time.
local run, threads = os.getenv("BENCH_RUN") or "0", 0
local file = os.getenv("BENCH_BODY")

function setup(thread)
  thread:set("mine", threads)
  threads = threads + 1
end

function init(args)
  count = 0
  if file then
    local opened = io.open(file, "r")
    text = opened:read("*a")
    opened:close()
    wrk.method = "POST"
    request = function()
      count = count + 1
      local body = text:gsub("#", run .. "-" .. mine .. "-" .. count)
      -- From one place a form is not taken so often; a proxy in front says who sends it.
      wrk.headers["X-Forwarded-For"] = string.format(
        "10.%d.%d.%d", tonumber(run) % 250, math.floor(count / 250) % 250, count % 250)
      return wrk.format("POST", nil, nil, body)
    end
  end
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    "RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.timeout + e.status))
end
