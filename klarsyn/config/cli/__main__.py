import sys

from klarsyn.config.cli import main

sys.exit(main())
