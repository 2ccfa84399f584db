"""Every sentence that a person reads, in English and Chinese, by code and values.

The sentences are in `catalogue`, one file per subject; `sentences` puts values into them. Other rooms say what
happened by a code and values and never by a sentence; a shell turns them into one when it knows who is reading. Must
not know any other room: codes are plain text. Easy to break: a sentence may use only the values which every place that
gives its code gives with it.
"""

from fs_control.texts.sentences import LANGUAGES, explain, language_from, sentence

__all__ = ["LANGUAGES", "explain", "language_from", "sentence"]
