"""The command line under its first name: what is said in older copies goes on working."""
