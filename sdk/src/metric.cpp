// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/metric.hpp>

#include "name.hpp"

#include <penstock/component.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace penstock
{

namespace
{

void check_bounds(std::string_view name, const std::vector<double>& bounds)
{
    const bool are_fine =
        !bounds.empty() && std::ranges::is_sorted(bounds, std::less_equal<>()) &&
        std::ranges::all_of(bounds, [](double each) { return std::isfinite(each); });
    if (!are_fine)
        throw std::invalid_argument("histogram \"" + std::string(name) +
                                    "\": has bounds that do not ascend; finite ones, each greater "
                                    "than the one before, were expected");
}

} // namespace

metric::metric(component& owner, metric_kind kind, std::string_view name, std::string_view help,
               std::vector<double> bounds)
    : kind_(kind),
      name_(name),
      help_(help),
      bounds_(std::move(bounds)),
      own_(std::make_unique<detail::metric_cell[]>(
          detail::metric_access::cells(kind_, bounds_.size()))),
      cells_(own_.get())
{
    std::vector<metric*>& others = detail::component_access::members(owner).metrics;
    if (!detail::is_name(name))
        throw std::invalid_argument("metric \"" + name_ +
                                    "\": is no name; [a-z][a-z0-9_]* was expected");
    if (std::ranges::any_of(others, [&](const metric* other) { return other->name() == name; }))
        throw std::invalid_argument("metric \"" + name_ +
                                    "\": is declared twice; another name was expected");
    others.push_back(this);
}

histogram::histogram(component& owner, std::string_view name, std::string_view help,
                     std::vector<double> bounds)
    : metric(owner, metric_kind::histogram, name, help, std::move(bounds))
{
    check_bounds(name, this->bounds());
}

void histogram::observe(double value) noexcept
{
    const auto bucket = std::ranges::lower_bound(bounds(), value) - bounds().begin();
    count(static_cast<std::size_t>(bucket), 1);
    const std::size_t sum = bounds().size() + 1;
    set(sum, get(sum) + value);
}

} // namespace penstock
