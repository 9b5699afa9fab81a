"""Saying whether two stories may be one with a model of sentences, where somebody installed one."""
