"""Reads of consultations with two or more callers, by who asks."""

from .catalogue import (
    export_catalogue,
    postulate_search_arguments,
    search_arguments,
    search_entries,
    searched_texts,
    sitemap_entries,
)
from .cooperation import cooperation_with, in_branch, open_in
from .dates import dated_things, dates_of, thing_of_date, things_of
from .public import (
    for_detail,
    for_list,
    history_of,
    history_of_table,
    open_consultations,
    points_with_counts,
    postulates,
    public_files,
    public_remarks,
    remark_counts,
    same_words_count,
    schedule_years,
    small_lists,
)
from .waiting import assigned_to, matters_for, matters_of_all, waiting_for

__all__ = [
    "assigned_to",
    "cooperation_with",
    "dated_things",
    "dates_of",
    "export_catalogue",
    "for_detail",
    "for_list",
    "history_of",
    "history_of_table",
    "in_branch",
    "matters_for",
    "matters_of_all",
    "open_consultations",
    "open_in",
    "points_with_counts",
    "postulate_search_arguments",
    "postulates",
    "public_files",
    "public_remarks",
    "remark_counts",
    "same_words_count",
    "schedule_years",
    "search_arguments",
    "search_entries",
    "searched_texts",
    "sitemap_entries",
    "small_lists",
    "thing_of_date",
    "things_of",
    "waiting_for",
]
