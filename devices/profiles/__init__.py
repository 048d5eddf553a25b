"""Profiles of device models as data: values, their TOML files, guessing, taking effect.

Each `*.toml` beside this file is one model that shops buy; docs/devices.md says how one is written.
"""
