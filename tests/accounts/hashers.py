"""A hasher that counts how often it was asked."""

from django.contrib.auth.hashers import MD5PasswordHasher


class Counting(MD5PasswordHasher):
    made = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).made += 1
        return super().encode(password, salt)
