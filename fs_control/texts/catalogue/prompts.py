"""What the commands of prompts say, ask and refuse, and what speech synthesis lacks."""

from __future__ import annotations

from typing import Final

PROMPTS: Final[dict[str, tuple[str, str]]] = {
    # Settings.
    "setting_not_a_command": (
        "{name} is “{value}” and must be a command as a shell reads it; a quote is not closed.",
        "{name} 的值为“{value}”，必须是 shell 能解析的命令；有引号未闭合。",
    ),
    "setting_not_pairs": (
        "{name} is “{value}” and must be pairs such as zh=NAME en=NAME.",
        "{name} 的值为“{value}”，应写作 zh=名称 en=名称。",
    ),
    # Refusals: a sound.
    "media_programs_missing": (
        "This machine lacks {programs}. On Debian: apt-get install {packages}",
        "本机缺少 {programs}。Debian 上的安装命令：apt-get install {packages}",
    ),
    "prompt_no_file": (
        "{file} is no file but a folder, a device or a pipe.",
        "{file} 不是文件，而是目录、设备或管道。",
    ),
    "prompt_too_large": ("{file} is larger than {megabytes} MB.", "{file} 超过 {megabytes} MB。"),
    "prompt_length_bad": (
        "{file} is too short or too long for a prompt: {shortest} to {longest} seconds.",
        "{file} 的时长不合适，提示音应为 {shortest} 到 {longest} 秒。",
    ),
    "prompt_silent": ("There is nothing to hear in {file}.", "{file} 中没有声音。"),
    "prompt_not_read": (
        "sox cannot read {file} as audio. It reads, among others: {formats}.",
        "sox 无法读取音频文件 {file}。可读取的格式有：{formats} 等。",
    ),
    "library_not_written": (
        "The prompts in {folder} cannot be written: {reason}.",
        "无法写入提示音目录 {folder}：{reason}。",
    ),
    # Refusals: a name.
    "prompt_name_reserved": (
        "The name “{name}” is kept for what is put together or synthesised; choose another one.",
        "名称“{name}”留给系统拼接或合成的语音使用，请换一个名称。",
    ),
    "prompt_unknown": (
        "There is no prompt “{name}” of yours in “{language}”. “fs-control prompt list” shows those there are.",
        "没有您上传的“{language}”提示音“{name}”。可用“fs-control prompt list”查看。",
    ),
    "prompt_not_there": (
        "There is no prompt “{name}” in “{language}”. “fs-control prompt list --all” shows those there are.",
        "没有“{language}”提示音“{name}”。可用“fs-control prompt list --all”查看。",
    ),
    "prompt_in_use": (
        "The prompt “{name}” is in use. Active flows that play it: {flows}. Groups that whisper it: {groups}.",
        "提示音“{name}”正在使用。引用它的启用流程：{flows}。以它为坐席提示音的技能组：{groups}。",
    ),
    # Refusals: speech.
    "speech_too_slow": (
        "Of {count} sentences {done} were synthesised within {seconds} s. Try again: what is made is kept.",
        "{seconds} 秒内只合成了 {count} 句中的 {done} 句。请重试，已合成的会保留。",
    ),
    "speech_text_length": (
        "The sentence “{text}” is empty or longer than {longest} characters.",
        "语句“{text}”为空，或超过 {longest} 个字符。",
    ),
    "speech_two_ways": (
        "FS_CONTROL_SPEECH_COMMAND and FS_CONTROL_SPEECH_URL are both set; unset one.",
        "FS_CONTROL_SPEECH_COMMAND 与 FS_CONTROL_SPEECH_URL 只能设置其一。",
    ),
    "speech_url_bad": (
        "The speech service at “{host}” is not asked: it takes https, or http on this machine.",
        "不会访问语音服务“{host}”：必须使用 https，或本机的 http。",
    ),
    "speech_header_bad": (
        "The header for the speech service is no line such as “Authorization: Bearer WORD”.",
        "语音服务的请求头格式不对，应为一行，例如“Authorization: Bearer WORD”。",
    ),
    "speech_service_failed": (
        "The speech service at {host} gave no audio: {reason}.",
        "语音服务 {host} 没有返回音频：{reason}。",
    ),
    "speech_command_slow": (
        "{program} did not read “{text}” aloud in time.",
        "{program} 未能在规定时间内合成“{text}”。",
    ),
    "speech_command_not_run": ("{program} cannot be run: {reason}.", "无法运行 {program}：{reason}。"),
    "speech_command_failed": (
        "{program} made no audio (exit code {status}): {reason}",
        "{program} 没有生成音频（退出码 {status}）：{reason}",
    ),
    # Answers.
    "progress.sound": ("Converting the sound ...", "正在转换音频……"),
    "prompt_added": (
        "The prompt “{name}” is there in {language}: {seconds} s.",
        "已新增提示音“{name}”（{language}），时长 {seconds} 秒。",
    ),
    "prompt_replaced": (
        "The prompt “{name}” in {language} is another one now: {seconds} s. The next call hears it.",
        "已替换提示音“{name}”（{language}），时长 {seconds} 秒，下一通来电即生效。",
    ),
    "prompt_removed": ("The prompt “{name}” in {language} is gone.", "已删除提示音“{name}”（{language}）。"),
    "prompt_shipped_again": (
        "The recording “{name}” in {language} is gone; callers hear the one that comes with fs_control again.",
        "已删除录音“{name}”（{language}），恢复使用系统自带的提示音。",
    ),
    "not_played": ("Nothing can be played on this machine. The file is {path}", "本机无法播放声音。文件位于 {path}"),
    "no_prompts": (
        "There are no prompts of yours yet. “fs-control prompt add NAME FILE” adds one; --all shows the shipped ones.",
        "还没有您上传的提示音。可用“fs-control prompt add NAME FILE”新增；--all 显示系统自带的。",
    ),
    "prompt_source.shipped": ("comes with fs_control", "系统自带"),
    "prompt_source.missing": ("the file is missing", "文件缺失"),
    "prompt_source.changed": ("the file was changed by others", "文件已被其他途径改动"),
    # Help.
    "help.prompt": ("What callers hear: recordings of your own.", "来电者听到的提示音：上传您自己的录音。"),
    "help.prompt.add": (
        "Add or replace a prompt. FILE is any common audio; the next call hears it.",
        "新增或替换提示音。FILE 为任意常见音频文件，下一通来电即生效。",
    ),
    "help.prompt.list": ("List the prompts.", "列出提示音。"),
    "help.prompt.show": ("Show one prompt and who needs it.", "显示一个提示音及其使用者。"),
    "help.prompt.play": (
        "Play a prompt on this machine, or say where its file is.",
        "在本机播放提示音，或给出文件位置。",
    ),
    "help.prompt.remove": (
        "Remove a prompt of yours, unless an active flow needs it.",
        "删除您上传的提示音；启用的流程仍在使用时不能删除。",
    ),
    "option.prompt_language": (
        "The language spoken in it, zh or en; otherwise that of the enterprise.",
        "提示音的语言：zh 或 en，默认为企业的语言。",
    ),
    "option.says": ("What it says, for stories and dry runs.", "提示音的文字内容，用于通话经过和试运行。"),
    "option.all_prompts": ("The shipped prompts, too.", "同时列出系统自带的提示音。"),
    # The doctor.
    "doctor_item.library": ("library of prompts", "提示音库"),
    "doctor.library_complete": (
        "All {count} prompts that active flows play are in {folder}.",
        "启用的流程所用的 {count} 个提示音均在 {folder} 中。",
    ),
    "doctor.library_lacks": (
        "Active flows play prompts that are not in {folder}: {prompts}.",
        "启用的流程所用的提示音不在 {folder} 中：{prompts}。",
    ),
    "doctor_remedy.library_lacks": (
        "“fs-control prompt add NAME FILE --language zh|en”; a name that begins with “say-” is a sentence of a flow "
        "that is synthesised when the flow is activated again.",
        "“fs-control prompt add NAME FILE --language zh|en”；以“say-”开头的是流程中的语句，重新启用流程时会合成。",
    ),
    "doctor.library_not_made": (
        "The folder {folder} is made at the first start.",
        "{folder} 在首次启动时创建。",
    ),
    # Headings.
    "heading.prompt": ("prompt", "提示音"),
    "heading.language": ("language", "语言"),
    "heading.length_s": ("seconds", "时长（秒）"),
    "heading.file": ("file", "文件"),
    "heading.added_by": ("by", "操作人"),
    "heading.source": ("from", "来源"),
    "heading.added": ("added", "更新于"),
    "heading.says": ("says", "内容"),
}
