"""Documents of word processors, made anew from what people read in them: nothing else of them is kept."""
