"""Looking a program over before it runs: rules, each about one kind of mistake."""
