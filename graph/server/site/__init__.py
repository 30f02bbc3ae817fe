"""Pages that are made of the store, a module each: ``answer(task, store, folder)`` returns the reply and its body."""
