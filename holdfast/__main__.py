"""`python -m holdfast` is `holdfast`."""

from holdfast.config.main import main

main()
