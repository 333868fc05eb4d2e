"""`python -m reportlint.schema`: the published schemas, made anew."""

from reportlint.schema import publish

publish()
