"""What Chronus itself keeps: people, conversations, events, tasks, mail, approvals, changes, memories."""
