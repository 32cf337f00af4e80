"""What the functions of the language, its hit policies and the ways between rows mean, each once, on plain values.

The backends that work on one record stand on it; every other backend is held to it.
"""
