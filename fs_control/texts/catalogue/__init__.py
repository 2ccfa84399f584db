"""The catalogue: code -> (English, Chinese), joined from one file per subject.

A code is lower case with underscores; codes that name a value of an enum carry the enum's name before a dot
(`disposition.answered`), and `family.*` speaks for every code of a family that has no words of its own. `{name}` stands
for the value of that name and is the same in both languages.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from fs_control.texts.catalogue.actions import ACTIONS
from fs_control.texts.catalogue.api import API
from fs_control.texts.catalogue.box import BOX
from fs_control.texts.catalogue.cdr_words import CDR_WORDS
from fs_control.texts.catalogue.cli_help import CLI_HELP
from fs_control.texts.catalogue.cli_words import CLI_WORDS
from fs_control.texts.catalogue.command_line import COMMAND_LINE
from fs_control.texts.catalogue.database import DATABASE
from fs_control.texts.catalogue.defects import DEFECTS
from fs_control.texts.catalogue.demo import DEMO
from fs_control.texts.catalogue.dialling import DIALLING
from fs_control.texts.catalogue.directory import DIRECTORY
from fs_control.texts.catalogue.directory_answers import DIRECTORY_ANSWERS
from fs_control.texts.catalogue.directory_help import DIRECTORY_HELP
from fs_control.texts.catalogue.displays import DISPLAYS
from fs_control.texts.catalogue.doctor import DOCTOR
from fs_control.texts.catalogue.doctor_switch import DOCTOR_SWITCH
from fs_control.texts.catalogue.drawing import DRAWING
from fs_control.texts.catalogue.flow_steps import FLOW_STEPS
from fs_control.texts.catalogue.flow_versions import FLOW_VERSIONS
from fs_control.texts.catalogue.flow_words import FLOW_WORDS
from fs_control.texts.catalogue.flows import FLOWS
from fs_control.texts.catalogue.flows_check import FLOWS_CHECK
from fs_control.texts.catalogue.freeswitch import FREESWITCH
from fs_control.texts.catalogue.ghosts import GHOSTS
from fs_control.texts.catalogue.hours import HOURS
from fs_control.texts.catalogue.journal_words import JOURNAL
from fs_control.texts.catalogue.ledger import LEDGER
from fs_control.texts.catalogue.live import LIVE
from fs_control.texts.catalogue.messages import MESSAGES
from fs_control.texts.catalogue.outbox_words import OUTBOX_WORDS
from fs_control.texts.catalogue.outcomes import OUTCOMES
from fs_control.texts.catalogue.own_agents import OWN_AGENTS
from fs_control.texts.catalogue.phone_keys import PHONE_KEYS
from fs_control.texts.catalogue.prompts import PROMPTS
from fs_control.texts.catalogue.proof import PROOF
from fs_control.texts.catalogue.reasons import REASONS
from fs_control.texts.catalogue.replay import REPLAY
from fs_control.texts.catalogue.requests import REQUESTS
from fs_control.texts.catalogue.run import RUN
from fs_control.texts.catalogue.running import RUNNING
from fs_control.texts.catalogue.schedules import SCHEDULES
from fs_control.texts.catalogue.service import SERVICE
from fs_control.texts.catalogue.setup import SETUP
from fs_control.texts.catalogue.spoken import SPOKEN
from fs_control.texts.catalogue.states import STATES
from fs_control.texts.catalogue.stories import STORIES
from fs_control.texts.catalogue.story_words import STORY_WORDS
from fs_control.texts.catalogue.supervision import SUPERVISION
from fs_control.texts.catalogue.talk_commands import TALK_COMMANDS
from fs_control.texts.catalogue.talk_words import TALK_WORDS
from fs_control.texts.catalogue.talks import TALKS
from fs_control.texts.catalogue.terminals import TERMINALS
from fs_control.texts.catalogue.timeline import TIMELINE
from fs_control.texts.catalogue.traces import TRACES
from fs_control.texts.catalogue.trying import TRYING
from fs_control.texts.catalogue.why import WHY
from fs_control.texts.catalogue.wire import WIRE

Text: TypeAlias = tuple[str, str]
"""A sentence in English and in Chinese."""

SUBJECTS: Final[tuple[dict[str, Text], ...]] = (
    OUTCOMES,
    STORIES,
    STORY_WORDS,
    REASONS,
    TRACES,
    REQUESTS,
    SETUP,
    RUN,
    RUNNING,
    DIRECTORY,
    DIRECTORY_HELP,
    DIRECTORY_ANSWERS,
    FLOWS,
    BOX,
    COMMAND_LINE,
    CLI_HELP,
    CLI_WORDS,
    DEMO,
    DOCTOR,
    DOCTOR_SWITCH,
    SERVICE,
    FREESWITCH,
    WIRE,
    DATABASE,
    DEFECTS,
    DISPLAYS,
    LIVE,
    WHY,
    OWN_AGENTS,
    SPOKEN,
    PROMPTS,
    FLOW_VERSIONS,
    FLOW_STEPS,
    TALKS,
    HOURS,
    FLOWS_CHECK,
    FLOW_WORDS,
    PROOF,
    DRAWING,
    TRYING,
    MESSAGES,
    ACTIONS,
    STATES,
    SCHEDULES,
    TALK_WORDS,
    API,
    DIALLING,
    PHONE_KEYS,
    TALK_COMMANDS,
    TERMINALS,
    SUPERVISION,
    GHOSTS,
    LEDGER,
    REPLAY,
    TIMELINE,
    JOURNAL,
    CDR_WORDS,
    OUTBOX_WORDS,
)
CATALOGUE: Final[dict[str, Text]] = {code: text for subject in SUBJECTS for code, text in subject.items()}
