"""The words for the three steps of listening that an installation begins with (SPEC C3)."""

from __future__ import annotations

from huiying.cases.models import Mood, Phrase

QUESTION, READ_BACK = Phrase.Step.QUESTION, Phrase.Step.READ_BACK
APOLOGY, UNDERSTANDING = Phrase.Step.APOLOGY, Phrase.Step.UNDERSTANDING
ANY = ""

PHRASES: tuple[tuple[str, str, str, str], ...] = (
    (QUESTION, ANY, "您能详细说说当时的情况吗？", "Could you tell me in detail what happened?"),
    (QUESTION, ANY, "这件事对您有哪些影响？", "How has this affected you?"),
    (QUESTION, ANY, "您希望我们怎么做？", "What would you like us to do?"),
    (
        QUESTION,
        Mood.ANGRY,
        "您别急，慢慢说，我都记下来。最让您不满意的是哪一点？",
        "Please take your time. What upset you most?",
    ),
    (QUESTION, Mood.WORRIED, "您最担心的是什么？", "What worries you most?"),
    (READ_BACK, ANY, "您是说……，对吗？", "You are saying that …, is that right?"),
    (
        READ_BACK,
        ANY,
        "我复述一遍，请您看有没有遗漏：……",
        "Let me read it back; please tell me if anything is missing: …",
    ),
    (
        READ_BACK,
        Mood.ANGRY,
        "为了不让您再讲第二遍，我核对一下：……，我记得对吗？",
        "So that you need not repeat it: …, have I got it right?",
    ),
    (APOLOGY, Mood.CALM, "给您添麻烦了，很抱歉。", "I am sorry for the trouble."),
    (
        APOLOGY,
        Mood.CALM,
        "谢谢您告诉我们，没有做好的地方，我们向您道歉。",
        "Thank you for telling us; we apologise for what went wrong.",
    ),
    (
        APOLOGY,
        Mood.WORRIED,
        "让您担心了，非常抱歉，我们马上核实。",
        "I am sorry that you had to worry; we will look into it at once.",
    ),
    (APOLOGY, Mood.WORRIED, "没有及时给您消息，是我们的不对，很抱歉。", "We should have told you earlier; I am sorry."),
    (
        APOLOGY,
        Mood.ANGRY,
        "这件事确实是我们没做好，真诚地向您道歉。",
        "We did let you down here, and I sincerely apologise.",
    ),
    (
        APOLOGY,
        Mood.ANGRY,
        "让您等了这么久还要反复打电话，非常抱歉。",
        "I am very sorry that you had to wait and call again and again.",
    ),
    (
        UNDERSTANDING,
        Mood.CALM,
        "我明白您的意思了，这件事我来跟进。",
        "I understand, and I will follow this up for you.",
    ),
    (
        UNDERSTANDING,
        Mood.CALM,
        "您提的这一点很重要，换作是我也会想问清楚。",
        "This is an important point; I would want to know as well.",
    ),
    (
        UNDERSTANDING,
        Mood.WORRIED,
        "东西急着用却迟迟没有着落，换谁都会着急。",
        "Anyone would worry when something needed urgently is held up.",
    ),
    (
        UNDERSTANDING,
        Mood.WORRIED,
        "您的担心我理解，有进展我第一时间告诉您。",
        "I understand your concern and will tell you as soon as there is news.",
    ),
    (
        UNDERSTANDING,
        Mood.ANGRY,
        "遇到这样的事，生气是应该的，我理解您的心情。",
        "You have every reason to be upset; I understand how you feel.",
    ),
    (
        UNDERSTANDING,
        Mood.ANGRY,
        "耽误了您的时间，还影响了家里生活，确实让人恼火。",
        "It cost you time and upset your home; that is truly annoying.",
    ),
)
