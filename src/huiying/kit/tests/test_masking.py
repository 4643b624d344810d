from huiying.kit.masking import mask_email, mask_phone


def test_a_phone_keeps_its_ends():
    assert mask_phone("13812341234") == "138 **** 1234"
    assert mask_phone("+86 138-1234-1234") == "86138 **** 1234"
    assert mask_phone("12345") == "****45"
    assert mask_phone("") == "****"


def test_an_address_keeps_its_first_letter_and_domain():
    assert mask_email("zhangmin@example.cn") == "z***@example.cn"
    assert mask_email("nonsense") == "***"
