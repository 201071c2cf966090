"""What is to be made and what is to be published. Pure: views, jobs, reasons, steps.

A job's view is projected here and holds all that its output depends on.
"""
