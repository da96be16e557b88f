"""Learning data from the journal: verified programs, pairs of good and bad, rewards."""

from voyager.finetune.answers import read_answers
from voyager.finetune.datasets import Datasets, datasets_of
from voyager.finetune.files import check_folder, write_datasets

__all__ = ["Datasets", "check_folder", "datasets_of", "read_answers", "write_datasets"]
