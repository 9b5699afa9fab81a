"""Signs that people take for another: letters and figures of any script that are drawn as a Latin letter or a figure.

The signs are those of the confusables of Unicode (UTS 39) that stand for one letter or figure, and a few of our own. A
package with all of them is a megabyte that is read at each start, of which this needs these lines.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from gehoor.core.text.normalise import bounded, normalised

DRAWN_AS: Final = {
    "2": "ƧϨᒿꙄꛯꝚ",
    "3": "ƷȜЗӠⳌꝪꞫ𑣊𖼻",
    "4": "Ꮞ𑢯",
    "5": "Ƽ𑢻",
    "6": "бᏮⳒ𑣕",
    "7": "𐓒𑣆",
    "8": "Ȣȣ৪੪𐌚",
    "9": "৭੧୨൭ⳊꝮ𑢬𑣌𑣖",
    "a": "ɑαаᎪᗅᴀꓮ𐊠𖽀",
    "b": "ƄʙβЬвᏏᏴᑲᖯᗷꓐꞴ𐊂𐊡𐌁",
    "c": "ϲсᏟᴄⲤⲥꓚꮯ𐊢𐌂𐐕𐐽𐔜𑣩𑣲",
    "d": "đԁᎠᏧᑯᗞᗪᴅꓒꓓ",
    "e": "ɛεеҽᎬᴇⴹꓰꬲ𐊆𑢦𑢮",
    "f": "ϜքᖴẝꓝꜰꞘꞙꬵ𐊇𐊥𐔥𑢢𑣂",
    "g": "ƍɡɢԌցᏀᏳᶃꓖ",
    "h": "ħʜηнһհᎻᏂᕼⲎꓧ𐋏",
    "j": "ȷͿϳјᎫᒍᴊꓙꞲ",
    "k": "κкᏦᛕᴋⲔꓗ𐔘",
    "l": "1i|ıłƖƚǀɨɩɪʟιіӏ۱ᎥᏞᒪᛁⲒⳐⵏꓡꓲꙇꭵ𐊊𐌉𐌠𐐛𐔦𑢣𑢲𑣃𖼖𖼨",
    "m": "μϺмᎷᗰᛖᴍⲘꓟ𐊰𐌑𑜀𑣣",
    "n": "ɴΝոռⲚꓠ𐔓",
    "o": "0øοσоՕօ۵०০੦૦ଠ୦௦౦೦ഠ൦๐໐ဝ၀ჿዐᴏᴑⲞⲟⵔ〇ꓳꬽ𐊒𐊫𐐄𐐬𐓂𐓪𐔖𑓐𑢵𑣈𑣗𑣠",
    "p": "ρрᏢᑭᴘⲢⲣꓑ𐊕",
    "q": "ԛգզⵕꞯ",
    "r": "ƦʀгᎡᏒᖇᴦⲅꓣꭇꭈꮁ𐒴𖼵",
    "s": "ƽѕՏᏕᏚꓢꜱꮪ𐊖𐐠𐑈𑣁𖼺",
    "t": "ŧτтᎢᴛⲦꓔ𐊗𐊱𐌕𑢼𖼊",
    "u": "ʋՍսሀᑌᴜꓴꞟꭎꭒ𐓎𐓶𑢸𑣘𖽂",
    "v": "νѴѵ۷Ꮩᐯᴠⴸꓦꛟꮩ𐔝𑜆𑢠𑣀𖼈",
    "w": "ɯѡԝաᎳᏔᴡꓪꮃ𑜊𑜎𑜏𑣦𑣯",
    "x": "χхᕁᕽᚷⲬⵝꓫꞳ𐊐𐊴𐌗𐌢𐔧𑣬",
    "y": "ɣʏγυуҮүყᎩᎽᶌỿⲨꓬꭚ𐊲𑢤𑣜𖽃",
    "z": "ζᏃᴢꓜꮓ𐋵𑢩𑣄𑣥",
}
"""A small Latin letter or a figure, and the signs that are taken for it. ``l`` stands for i, l and 1, and ``o`` for o
and 0: these are taken for each other."""

_AS_LATIN: Final = str.maketrans({sign: latin for latin, signs in DRAWN_AS.items() for sign in signs})


def lookalikes(text: str) -> tuple[str, str]:
    """Return what a text looks like, in small letters and as it is drawn: texts that have one of it in common are taken
    for each other. Capitals, accents, spaces and other signs between letters make no difference, nor does a letter
    of another script that is drawn as a Latin one; some are drawn so as a capital only, as the Greek nu."""
    # Taking a sign apart can make another letter of it, or the capital that it is a shape of.
    as_drawn = unicodedata.normalize("NFKD", bounded(text).translate(_AS_LATIN))
    return _shape(text), _shape(as_drawn.translate(_AS_LATIN))


def _shape(text: str) -> str:
    return "".join(sign for sign in normalised(text).translate(_AS_LATIN) if sign.isalnum())
