from .care_policy import CarePolicy, Per
from .care_rule import CareRule
from .former_record import FormerRecord
from .interaction import Interaction, Means
from .introduction import Introduction, IntroductionRule
from .mailing import LastMassMessage, Mailing, MailingRules, Recipient
from .need import Consultation, Decision, Delivered, Dismissal, Evidence, FollowUp, Need, Origin, Presentation, Proposal
from .need_rules import NeedRules, NeedWatch, ProductLimit
from .occasion import Occasion, OccasionTerms
from .onboarding import CallingOff, FormerMeeting, Meeting, MeetingTask, NeedsAnalysis, Onboarding, OnboardingStep
from .onboarding_rule import OnboardingRule
from .planned_contact import CareMark, CareMorning, PlannedContact, State
from .pool import Extension, Holding, Lock, PoolPolicy, PoolRound, PoolTerm
from .succession import Succession, SuccessionLine
from .template import Template, TemplateVersion

__all__ = [
    "CallingOff",
    "CareMark",
    "CareMorning",
    "CarePolicy",
    "CareRule",
    "Consultation",
    "Decision",
    "Delivered",
    "Dismissal",
    "Evidence",
    "Extension",
    "FollowUp",
    "FormerMeeting",
    "FormerRecord",
    "Holding",
    "Interaction",
    "Introduction",
    "IntroductionRule",
    "LastMassMessage",
    "Lock",
    "Mailing",
    "MailingRules",
    "Means",
    "Meeting",
    "MeetingTask",
    "Need",
    "NeedRules",
    "NeedWatch",
    "NeedsAnalysis",
    "Occasion",
    "OccasionTerms",
    "Onboarding",
    "OnboardingRule",
    "OnboardingStep",
    "Origin",
    "Per",
    "PlannedContact",
    "PoolPolicy",
    "PoolRound",
    "PoolTerm",
    "Presentation",
    "ProductLimit",
    "Proposal",
    "Recipient",
    "State",
    "Succession",
    "SuccessionLine",
    "Template",
    "TemplateVersion",
]
