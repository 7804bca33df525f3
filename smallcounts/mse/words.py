"""The English sentences behind the codes of warnings and assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ASSUMPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "closed_population": "nobody enters or leaves the group between the lists",
        "perfect_matching": "the same person is recognised on every list, and two are never taken for one",
        "one_definition": "every list holds the same kind of person by the same definition, and nobody else",
        "everyone_reachable": "everyone could have come on a list; no hidden subgroup is out of reach",
        "poisson_cells": "the counts of the patterns are Poisson (given their sum, multinomial)",
        "no_highest_interaction": "lists depend on each other only as the model says, never all at once",
        "lists_independent": "no list sends persons to, or keeps them from, another",
        "model_searched": "the model was chosen by the same data",
        "selection_repeated": "the interval repeats the choice of model in every draw",
        "only_seen_patterns": "the bootstrap draws only patterns that were seen: overlaps unseen stay unseen",
        "model_fixed": "the interval takes the model as given, not as chosen by the same data",
        "persons_alike": "everybody is as likely as everybody else to come on a given list",
        "persons_differ_so": "persons differ in how visible they are, in the way this one curve says",
        "lower_bound_needs": "no two lists avoid each other; where they do, this is no lower bound",
        "pairs_only": "lists may depend on each other two by two, not three at a time",
        "decomposable_only": "lists depend on each other by some decomposable graph, all equally likely",
        "hyper_dirichlet": "before the data are seen, every pattern has the same small number of persons",
        "prior_one_over_n": "before the data are seen, every order of magnitude is equally likely",
        "years_alike": "years resemble each other in how lists reach people; how much is learnt from "
        "the data",
        "pairs_near_independence": "before the data are seen, lists are thought to be near independence",
        "independent_given_traits": "among persons with the same traits the two lists do not depend on "
        "each other",
        "latent_classes": "persons fall in a few classes; within each the lists do not depend on each other",
    }
)

WARNINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unbounded": "under this model the lists do not bound the unseen: no number follows from them",
        "boundary": "some overlaps are empty: parameters are infinite, the number is not",
        "few_overlaps": "fewer than 30 persons are on two lists or more: the estimate rests on very little",
        "small_overlap_list": "a list shares fewer than 10 persons with the others",
        "no_overlap": "nobody is on two lists: the lists say nothing about who is on none",
        "not_converged": "the fit did not converge; its number must not be used",
        "extreme_replicate": "an end of the interval rests on the last few replicates: use more draws",
        "all_on_one_side": "every replicate lies on one side of the estimate: the end is the extreme one",
        "acceleration_breaks": "the correction for skewness leaves its range; the end is the extreme one",
        "infinite_replicates": "some replicates have no bound; they count as infinite and are never left out",
        "refused_replicates": "some replicates gave no number; they count as infinite and are never left out",
        "few_replicates": "fewer than 1,000 replicates: the ends of the interval are mostly chance",
        "near_models_differ": "models almost as good give totals more than twice as large or as small",
        "greedy_differs": "a step-by-step search stops at another model than the best of all",
        "limit_unbounded": "the upper limit is infinite",
        "search_unfinished": "the search stopped at its budget: a better model may exist",
        "jackknife_unbounded": "without some one person there is no bound: skewness is not corrected for",
        "none_unseen": "the fit is approached only as the unseen fall to none: the lists cannot tell",
        "below_observed": "the formula gave fewer than were seen: it does not fit these lists",
        "lower_bound": "this is a lower bound, not an estimate: the true number may be many times larger",
        "no_pairs_seen": "nobody is on exactly two lists: use the bias-corrected bound",
        "low_coverage": "the lists together hold less than 55 % of the group by this method's own measure",
        "several_peaks": "the posterior has several peaks: models disagree, no one number stands for them",
        "heavy_prior": "more than one person in all is put in beforehand: on four or more lists that makes "
        "everybody seen",
        "approximate_posterior": "few draws carry most of the weight: the limits are approximate",
        "near_threshold": "a pair of lists lies next to the threshold: with or without it the total differs",
        "bounded_by_prior": "only the prior bounds the unseen; the lists under this model do not",
        "no_flat_posterior": "without a prior on the pairs these lists give no posterior: use the proper one",
        "panel_left_out": "more than eight lists: the honesty panel was not made; merge lists to get it",
        "not_for_these_lists": "the method cannot be used on these lists; its details say why",
    }
)

REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "all_conditions_hold": "the methods agree, and they find lists of known size",
        "nobody_on_two_lists": "nobody is on two lists, so nothing follows about those on none",
        "lists_give_no_bound": "the lists share too few persons to bound how many are on none",
        "far_too_few_overlaps": "fewer than ten persons are on two lists or more",
        "too_few_methods_for_bound": "fewer than two methods give a total with limits",
        "known_lists_overestimated": "lists of known size are estimated far too high",
        "too_few_overlaps": "fewer than 30 persons are on two lists or more",
        "too_few_methods": "fewer than three methods of different kinds give a total with limits",
        "near_models_far_apart": "models that fit almost equally well give totals more than twice as large",
        "methods_far_apart": "methods that are all defensible give totals more than twice as large",
        "limits_share_no_point": "the limits of the methods have no number in common",
        "range_too_wide": "the limits of the methods together span more than a factor of four",
        "no_known_list_to_test_on": "no list is met often enough by the others to test the methods on",
        "fails_on_known_lists": "fewer than two methods find the size of lists whose size is known",
        "depends_on_arrangement": "leaving out a list, or joining two, takes the total out of the range",
        "bound_is_number_met": "the lowest limit is no higher than the number met",
        "one_person_moves_it": "one single person more or less changes the total by more than a quarter",
        "chains_disagree": "chains from different starts do not tell the same story: no number can be given",
    }
)

WORDS: Final[Mapping[str, str]] = MappingProxyType({**ASSUMPTIONS, **WARNINGS, **REASONS})

LOG_LINEAR: Final = (
    "closed_population",
    "perfect_matching",
    "one_definition",
    "everyone_reachable",
    "poisson_cells",
    "no_highest_interaction",
)
