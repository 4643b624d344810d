from .contact import ContactForm
from .customer import CustomerForm, NewCustomerForm
from .export import WholeExportForm
from .order import OrderForm
from .selection import SelectionForm
from .standing import TagForm, TierForm

__all__ = [
    "ContactForm",
    "CustomerForm",
    "NewCustomerForm",
    "OrderForm",
    "SelectionForm",
    "TagForm",
    "TierForm",
    "WholeExportForm",
]
