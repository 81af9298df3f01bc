"""What `openline demo` is made of: an evening as data, real posts in processes of their own, and a path to cut."""
