"""The names of all events of FreeSWITCH, and where in its source each of ours is fired.

Owns what `event plain NAMES` accepts, and the headers Event-Calling-*, whose line numbers are those of 1.10.12 in the
traces (events no trace shows have the line of the released source where known, else 0). No logic lives here.
"""

from __future__ import annotations

from typing import Final

EVENT_NAMES: Final = frozenset(
    """CUSTOM CLONE CHANNEL_CREATE CHANNEL_DESTROY CHANNEL_STATE CHANNEL_CALLSTATE CHANNEL_ANSWER CHANNEL_HANGUP
    CHANNEL_HANGUP_COMPLETE CHANNEL_EXECUTE CHANNEL_EXECUTE_COMPLETE CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_BRIDGE
    CHANNEL_UNBRIDGE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_OUTGOING CHANNEL_PARK CHANNEL_UNPARK
    CHANNEL_APPLICATION CHANNEL_ORIGINATE CHANNEL_UUID API LOG INBOUND_CHAN OUTBOUND_CHAN STARTUP SHUTDOWN PUBLISH
    UNPUBLISH TALK NOTALK SESSION_CRASH MODULE_LOAD MODULE_UNLOAD DTMF MESSAGE PRESENCE_IN NOTIFY_IN PRESENCE_OUT
    PRESENCE_PROBE MESSAGE_WAITING MESSAGE_QUERY ROSTER CODEC BACKGROUND_JOB DETECTED_SPEECH DETECTED_TONE
    PRIVATE_COMMAND HEARTBEAT TRAP ADD_SCHEDULE DEL_SCHEDULE EXE_SCHEDULE RE_SCHEDULE RELOADXML NOTIFY PHONE_FEATURE
    PHONE_FEATURE_SUBSCRIBE SEND_MESSAGE RECV_MESSAGE REQUEST_PARAMS CHANNEL_DATA GENERAL COMMAND SESSION_HEARTBEAT
    CLIENT_DISCONNECTED SERVER_DISCONNECTED SEND_INFO RECV_INFO RECV_RTCP_MESSAGE SEND_RTCP_MESSAGE CALL_SECURE NAT
    RECORD_START RECORD_STOP PLAYBACK_START PLAYBACK_STOP CALL_UPDATE FAILURE SOCKET_DATA MEDIA_BUG_START
    MEDIA_BUG_STOP CONFERENCE_DATA_QUERY CONFERENCE_DATA CALL_SETUP_REQ CALL_SETUP_RESULT CALL_DETAIL DEVICE_STATE
    TEXT SHUTDOWN_REQUESTED CERT_RELOAD ALL""".split()
)

MY_EVENTS: Final = frozenset(
    """CHANNEL_ANSWER CHANNEL_APPLICATION CHANNEL_BRIDGE CHANNEL_CREATE CHANNEL_DATA CHANNEL_DESTROY CHANNEL_EXECUTE
    CHANNEL_EXECUTE_COMPLETE CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_ORIGINATE CHANNEL_UUID CHANNEL_OUTGOING
    CHANNEL_PARK CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_STATE CHANNEL_UNBRIDGE CHANNEL_UNPARK
    DETECTED_SPEECH DTMF NOTALK TALK""".split()
)
"""What `myevents` subscribes to (mod_event_socket.c): neither PLAYBACK_*, CHANNEL_CALLSTATE nor CHANNEL_HOLD."""

CallSite = tuple[str, str, int]
"""File, function and line from which FreeSWITCH fires an event."""

CALL_SITES: Final[dict[str, CallSite]] = {
    "BACKGROUND_JOB": ("mod_event_socket.c", "api_exec", 1572),
    "CALL_UPDATE": ("switch_channel.c", "switch_channel_flip_cid", 0),
    "CHANNEL_ANSWER": ("switch_channel.c", "switch_channel_perform_mark_answered", 3846),
    "CHANNEL_BRIDGE": ("switch_ivr_bridge.c", "switch_ivr_multi_threaded_bridge", 1689),
    "CHANNEL_CALLSTATE": ("switch_channel.c", "switch_channel_perform_set_callstate", 301),
    "CHANNEL_CREATE": ("switch_core_state_machine.c", "switch_core_session_run", 626),
    "CHANNEL_DATA": ("mod_event_socket.c", "parse_command", 2021),
    "CHANNEL_DESTROY": ("switch_core_session.c", "switch_core_session_perform_destroy", 1584),
    "CHANNEL_EXECUTE": ("switch_core_session.c", "switch_core_session_exec", 2944),
    "CHANNEL_EXECUTE_COMPLETE": ("switch_core_session.c", "switch_core_session_exec", 2967),
    "CHANNEL_HANGUP": ("switch_channel.c", "switch_channel_perform_hangup", 3445),
    "CHANNEL_HANGUP_COMPLETE": ("switch_core_state_machine.c", "switch_core_session_reporting_state", 943),
    "CHANNEL_ORIGINATE": ("switch_core_state_machine.c", "switch_core_session_run", 632),
    "CHANNEL_PARK": ("switch_ivr.c", "switch_ivr_park", 1002),
    "CHANNEL_PROGRESS": ("switch_channel.c", "switch_channel_perform_mark_ring_ready_value", 3505),
    "CHANNEL_PROGRESS_MEDIA": ("switch_channel.c", "switch_channel_perform_mark_pre_answered", 0),
    "CHANNEL_STATE": ("switch_channel.c", "switch_channel_perform_set_running_state", 2408),
    "CHANNEL_UNBRIDGE": ("switch_ivr_bridge.c", "switch_ivr_multi_threaded_bridge", 1879),
    "CHANNEL_UNPARK": ("switch_ivr.c", "switch_ivr_park", 1213),
    "CODEC": ("switch_core_codec.c", "switch_core_session_set_write_codec", 450),
    "CUSTOM": ("mod_event_socket.c", "parse_command", 2275),
    "DTMF": ("switch_channel.c", "switch_channel_dequeue_dtmf", 677),
    "CHANNEL_HOLD": ("switch_channel.c", "switch_channel_mark_hold", 875),
    "CHANNEL_UNHOLD": ("switch_channel.c", "switch_channel_mark_hold", 875),
    "MEDIA_BUG_START": ("switch_core_media_bug.c", "switch_core_media_bug_add", 1014),
    "MEDIA_BUG_STOP": ("switch_core_media_bug.c", "switch_core_media_bug_destroy", 84),
    "RECORD_START": ("switch_ivr_play_say.c", "switch_ivr_record_file_event", 767),
    "RECORD_STOP": ("switch_ivr_play_say.c", "switch_ivr_record_file_event", 1030),
    "HEARTBEAT": ("switch_core.c", "send_heartbeat", 0),
    "PLAYBACK_START": ("switch_ivr_play_say.c", "switch_ivr_play_file", 1646),
    "PLAYBACK_STOP": ("switch_ivr_play_say.c", "switch_ivr_play_file", 2020),
    "PRIVATE_COMMAND": ("switch_ivr.c", "switch_ivr_parse_next_event", 0),
}

READ_CODEC_SITE: Final[CallSite] = ("switch_core_codec.c", "switch_core_session_set_real_read_codec", 168)
HOLD_SITE: Final[CallSite] = ("switch_ivr.c", "switch_ivr_hold", 1558)
UNHOLD_SITE: Final[CallSite] = ("switch_ivr.c", "switch_ivr_unhold", 1638)
SESSION_RECORD_SITE: Final[CallSite] = ("switch_ivr_async.c", "record_callback", 1481)
SESSION_RECORDED_SITE: Final[CallSite] = ("switch_ivr_async.c", "send_record_stop_event", 1240)
UUID_BRIDGE_SITE: Final[CallSite] = ("switch_ivr_bridge.c", "uuid_bridge_on_soft_execute", 1236)
UUID_DUMP_SITE: Final[CallSite] = ("mod_commands.c", "uuid_dump_function", 6468)
REGISTER_SITE: Final[CallSite] = ("sofia_reg.c", "sofia_reg_handle_register_token", 2059)
UNREGISTER_SITE: Final[CallSite] = ("sofia_reg.c", "sofia_reg_handle_register_token", 2213)
EXPIRE_SITE: Final[CallSite] = ("sofia_reg.c", "sofia_reg_del_callback", 0)
FILE_STRING_SITE: Final[CallSite] = ("mod_dptools.c", "next_file", 5031)
INVITE_SITE: Final[CallSite] = ("sofia.c", "sofia_handle_sip_i_invite", 10723)
UNKNOWN_SITE: Final[CallSite] = ("switch_event.c", "switch_event_fire", 0)
