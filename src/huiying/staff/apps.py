from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "huiying.staff"

    def ready(self) -> None:
        from huiying.staff.sign_in_journal import listen

        listen()
