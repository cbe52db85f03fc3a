"""Cleaning where a project already keeps its articles: one module for each library it may use.

| module | library | what |
|---|---|---|
| `cleaner.integrations.scrapy` | Scrapy | `CleanPipeline` for items, `clean_response` for a spider |
| `cleaner.integrations.datatrove` | datatrove | `CleanFormatter`, a block of a pipeline |
| `cleaner.integrations.datasets` | datasets | `clean_batch`, for `Dataset.map` |
| `cleaner.integrations.pandas` | pandas | `cleaned` and `audited`, for a Series |
| `cleaner.integrations.polars` | polars | `cleaned` and `audited`, as expressions |

A library is imported with the module of its name, never before.
"""
