"""Programs written by the planner, from recipes and skills."""
