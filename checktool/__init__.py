"""Offline check of 臨床調査個人票 and 医療意見書 XML before it leaves the hospital."""

__version__ = "0.1.0"
