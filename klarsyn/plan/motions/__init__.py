"""From a motion's demands to the measures of a plan: entered, planned, reviewed, shown."""
