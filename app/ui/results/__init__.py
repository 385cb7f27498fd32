"""The results of one class as a sheet: subjects, qualities and competencies, comments."""
