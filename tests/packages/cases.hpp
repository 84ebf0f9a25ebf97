// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/packages/component_type.hpp"
#include "tests/packages/samples.hpp"

namespace penstock::host::tests
{

// What each component keeps to; one case each for each component. contract.cpp:
void is_described(const component_type& type, const exercise& how);
void has_names_that_can_be_typed(const component_type& type, const exercise& how);
void fits_its_category(const component_type& type, const exercise& how);
void takes_its_parameters_back(const component_type& type, const exercise& how);
void refuses_values_that_its_schema_refuses(const component_type& type, const exercise& how);
void touches_nothing_when_constructed(const component_type& type, const exercise& how);

// behaviour.cpp:
void ends_at_end_of_stream(const component_type& type, const exercise& how);
void stops_when_cancelled_in_the_middle(const component_type& type, const exercise& how);
void survives_an_empty_packet(const component_type& type, const exercise& how);

// ends.cpp:
void ends_packets_as_in_a_test_of_its_own(const component_type& type, const exercise& how);

// hostile.cpp:
void survives_hostile_packets(const component_type& type, const exercise& how);
void runs_or_refuses_to_start_with_odd_parameters(const component_type& type, const exercise& how);

// hostile_bodies.cpp:
void ends_hostile_bodies_within_limits(const component_type& type, const exercise& how);

// lanes.cpp:
void gives_the_same_with_any_number_of_lanes(const component_type& type, const exercise& how);
void gives_the_same_with_a_deploy_in_the_middle(const component_type& type, const exercise& how);

} // namespace penstock::host::tests
