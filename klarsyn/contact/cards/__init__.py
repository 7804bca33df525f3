"""Cards that police, courts and care hand out, and the calls that somebody asks for with one."""
