"""Frames → numbers and charts.

In come the tables; out come measures, headline numbers under every choice, and Altair charts.
What is about the alliance and its members stands here and in the data, nowhere else; it knows no
page.
"""
