// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/value_builder.hpp>

#include <boost/json/detail/digest.hpp>

#include <vector>

namespace penstock::detail
{

namespace
{

/// Counts the keys in each bucket of an object that has room for all of them. Boost.JSON 1.81 salts
/// the hashes of an object with the address of its table, of which others can know the part that
/// matters.
class bucket_watch
{
public:
    explicit bucket_watch(const json::object& of)
        : salt_(reinterpret_cast<std::uintptr_t>(of.begin()) - table_head), buckets_(of.capacity())
    {
    }

    /// Returns whether there is still room in the bucket of a key that is new.
    bool add(std::string_view key)
    {
        constexpr std::uint16_t most = 64; // by chance, 65,536 keys have ten in one
        const std::size_t hash = boost::json::detail::digest(key.begin(), key.end(), salt_);
        return ++buckets_[hash % buckets_.size()] <= most;
    }

private:
    static constexpr std::size_t table_head = 16; // size, capacity, salt: members follow

    std::uintptr_t salt_;
    std::vector<std::uint16_t> buckets_;
};

} // namespace

void value_builder::array(std::size_t n)
{
    const auto first = values_.end() - static_cast<std::ptrdiff_t>(n);
    json::array made;
    made.reserve(n);
    for (auto each = first; each != values_.end(); ++each)
        made.push_back(std::move(*each));
    values_.erase(first, values_.end());
    add(std::move(made));
}

bool value_builder::object(std::size_t n)
{
    const auto first = values_.end() - static_cast<std::ptrdiff_t>(n);
    auto key = keys_.end() - static_cast<std::ptrdiff_t>(n);
    json::object made;
    made.reserve(n);
    bool is_even = true;
    if (watch_keys_ && n > wide_object)
    {
        bucket_watch watch(made);
        for (auto each = first; each != values_.end() && is_even; ++each, ++key)
            if (made.insert_or_assign(*key, std::move(*each)).second)
                is_even = watch.add(*key);
    }
    else
    {
        for (auto each = first; each != values_.end(); ++each, ++key)
            made.insert_or_assign(*key, std::move(*each));
    }
    values_.erase(first, values_.end());
    keys_.erase(keys_.end() - static_cast<std::ptrdiff_t>(n), keys_.end());
    add(std::move(made));
    return is_even;
}

void value_builder::key(std::string_view text)
{
    charge(sizeof(json::key_value_pair) - sizeof(json::value));
    part(text);
    keys_.push_back(std::move(text_));
    text_.clear();
}

void value_builder::string(std::string_view text)
{
    part(text);
    add(json::string(text_));
    text_.clear();
}

} // namespace penstock::detail
