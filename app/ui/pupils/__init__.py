"""Classes and pupils, and bringing workbooks in."""
