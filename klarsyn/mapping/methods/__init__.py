"""How each kind of figure is computed: one module for each `Method`, pure functions of the inputs."""
