"""Every way in: browser, telephone, text, HTTP and the command line."""
