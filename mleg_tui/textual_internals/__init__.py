"""What is touched inside Textual 8.2.8, which it keeps private, each with a test that tells.

Look here first when Textual is upgraded; what only many sessions in one process need is in
``serve.ssh.inside_textual``.
"""
