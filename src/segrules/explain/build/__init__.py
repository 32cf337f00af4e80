"""From a program and a day to the legend of its explanations, by topic; `legend` is the way in."""
