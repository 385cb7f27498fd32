"""Second opinions: tools that we did not write judge the documents that we did."""
