"""How Django writes moments where no template asks for words of our own: on the desk."""
