"""What happens when someone works: state and rules, without I/O.

Each activity joins content to three functions: `apply` folds an event into the state, `decide` turns a
page's intent into an event or refuses it, and `view` says what a page may see. The kernel and a group's
room call the same three.
"""
