"""Who proposes the next task: the tech tree, or a language model whose answer is checked."""
