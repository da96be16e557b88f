"""Goals in words: split into parts by a language model, played leaf after leaf."""
