"""The first page that everybody sees."""


def test_the_home_page_has_no_barriers(page, axe):
    page.goto("/")
    axe(page)
    page.set_viewport_size({"width": 320, "height": 700})
    axe(page)
