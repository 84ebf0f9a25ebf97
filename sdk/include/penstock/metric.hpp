// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace penstock
{

class component;

/// What a metric measures.
enum class metric_kind
{
    counter,  ///< how often something has happened
    gauge,    ///< how much of something there is now
    histogram ///< how values are spread
};

namespace detail
{
struct metric_access;

/// One number of a metric: a count, or the bits of a double. Written by one thread at a time, read
/// by any.
using metric_cell = std::atomic<std::uint64_t>;
} // namespace detail

/// What counters, gauges and histograms share: an owner, a name, help, and their numbers.
///
/// A member of its component, as a parameter is. The host shows it in `/metrics` with the labels
/// `graph` and `node`, in the graph's stats and in `penstock top`; numbers of all lanes are added
/// up, and outlive an instance that throws. Writing never locks and never suspends. [the
/// component's own code, also inside `blocking`]
class PENSTOCK_EXPORT metric
{
public:
    metric(const metric&) = delete;
    metric& operator=(const metric&) = delete;

    /// The name; lives as long as the metric.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// The help; lives as long as the metric.
    [[nodiscard]] const std::string& help() const noexcept { return help_; }

    /// What it measures.
    [[nodiscard]] metric_kind kind() const noexcept { return kind_; }

    /// The upper bounds of a histogram's buckets, without the last, which has none.
    [[nodiscard]] const std::vector<double>& bounds() const noexcept { return bounds_; }

protected:
    /// Registers with the owner. Throws std::invalid_argument for a name or bounds that do not fit.
    metric(component& owner, metric_kind kind, std::string_view name, std::string_view help,
           std::vector<double> bounds = {});
    ~metric() = default;

    /// Adds to a cell that holds a count.
    void count(std::size_t cell, std::uint64_t n) noexcept
    {
        detail::metric_cell& one = cells_[cell];
        one.store(one.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
    }

    /// Sets a cell that holds a double.
    void set(std::size_t cell, double value) noexcept
    {
        cells_[cell].store(std::bit_cast<std::uint64_t>(value), std::memory_order_relaxed);
    }

    /// The value of a cell that holds a double.
    [[nodiscard]] double get(std::size_t cell) const noexcept
    {
        return std::bit_cast<double>(cells_[cell].load(std::memory_order_relaxed));
    }

private:
    friend struct detail::metric_access;

    metric_kind kind_;
    std::string name_;
    std::string help_;
    std::vector<double> bounds_;
    std::unique_ptr<detail::metric_cell[]> own_; // until the host gives others
    detail::metric_cell* cells_;
};

/// The number of times that something has happened.
class PENSTOCK_EXPORT counter final : public metric
{
public:
    /// Registers with the owner. `name` matches `[a-z][a-z0-9_]*`, is no other metric's of it, and
    /// names what is counted with its unit: `documents`, `read_bytes`. Throws
    /// std::invalid_argument.
    counter(component& owner, std::string_view name, std::string_view help)
        : metric(owner, metric_kind::counter, name, help)
    {
    }

    /// Adds to the count. Never suspends.
    void add(std::uint64_t n = 1) noexcept { count(0, n); }
};

/// How much of something there is now; that of a graph is the sum of its lanes.
class PENSTOCK_EXPORT gauge final : public metric
{
public:
    /// Registers with the owner, as a counter does. Throws std::invalid_argument.
    gauge(component& owner, std::string_view name, std::string_view help)
        : metric(owner, metric_kind::gauge, name, help)
    {
    }

    /// Sets the value. Never suspends.
    void set(double value) noexcept { metric::set(0, value); }

    /// Adds to the value, or takes from it. Never suspends.
    void add(double change) noexcept { metric::set(0, get(0) + change); }
};

/// The distribution of values: how many there were, their sum, and how many up to each bound.
class PENSTOCK_EXPORT histogram final : public metric
{
public:
    /// Registers with the owner, as a counter does. `bounds` are finite and ascend; as a rule they
    /// are seconds. Throws std::invalid_argument.
    histogram(component& owner, std::string_view name, std::string_view help,
              std::vector<double> bounds = {0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10});

    /// Counts one value. Never suspends.
    void observe(double value) noexcept;
};

namespace detail
{

/// Access to the internals of metrics, for the component's runtime.
struct PENSTOCK_EXPORT metric_access
{
    /// How many cells a metric has: of a histogram one for each bucket, the last without a bound,
    /// and the sum.
    static std::size_t cells(metric_kind kind, std::size_t bounds) noexcept
    {
        return kind == metric_kind::histogram ? bounds + 2 : 1;
    }

    /// Sets the cells that a metric writes to; they outlive it.
    static void bind(metric& metric, metric_cell* cells) noexcept { metric.cells_ = cells; }

    static const metric_cell* cells(const metric& metric) noexcept { return metric.cells_; }
};

} // namespace detail
} // namespace penstock
