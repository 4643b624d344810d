from .contact import ContactForm
from .customer import CustomerForm, NewCustomerForm
from .export import WholeExportForm
from .order import OrderForm
from .review import ReviewRuleForm, ReviewSelectionForm
from .selection import SelectionForm
from .standing import TagForm, TierForm

__all__ = [
    "ContactForm",
    "CustomerForm",
    "NewCustomerForm",
    "OrderForm",
    "ReviewRuleForm",
    "ReviewSelectionForm",
    "SelectionForm",
    "TagForm",
    "TierForm",
    "WholeExportForm",
]
