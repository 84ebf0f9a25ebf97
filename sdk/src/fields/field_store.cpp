// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "field_store.hpp"

#include "value_bytes.hpp"

#include <utility>

namespace penstock::detail
{

field_store::field_store(const field_store& other)
    : texts_(other.texts_ ? std::make_unique<text_fields>(*other.texts_) : nullptr),
      values_(other.values_)
{
}

void field_store::assign(json::object values) noexcept
{
    values_ = std::move(values);
    texts_.reset();
}

bool field_store::assign_text(std::string_view object)
{
    auto texts = text_fields::of(object);
    if (!texts)
        return false;
    texts_ = std::move(texts);
    values_.clear();
    return true;
}

std::optional<std::string_view> field_store::text(std::string_view name) const
{
    if (texts_)
        return texts_->text(name);
    const json::value* const value = values_.if_contains(name);
    if (value == nullptr || !value->is_string())
        return std::nullopt;
    return value->get_string();
}

bool field_store::is_list(std::string_view name) const noexcept
{
    if (texts_)
        return texts_->is_list(name);
    const json::value* const value = values_.if_contains(name);
    return value != nullptr && value->is_array();
}

void field_store::begin_text()
{
    texts_ = text_fields::none();
    values_.clear();
}

void field_store::put(std::string_view name, std::string_view text)
{
    if (!texts_ || !texts_->put(name, text))
        put(name, json::value(text));
}

void field_store::put(std::string_view name, json::value&& value)
{
    if (texts_ && texts_->put(name, std::move(value)))
        return;
    const auto named = make_values(); // the name may be a part of them
    put_value(name, std::move(value));
}

void field_store::put_of(const field_store& other, std::string_view name)
{
    const std::string_view text = other.texts_ ? other.texts_->json_of(name) : std::string_view();
    if (texts_ && !text.empty() && texts_->put_json(name, text))
        return;
    put(name, other.texts_ ? other.texts_->copy_of(name) : json::value(other.values_.at(name)));
}

void field_store::rename(std::string_view from, std::string_view to)
{
    if (from == to || (texts_ && texts_->rename(from, to)))
        return;
    const auto named = make_values();
    const std::string source(from); // may be a part of the value that is replaced
    const std::string target(to);   // may be a part of the value that is moved
    json::value moved = std::move(values_.at(source));
    put_value(target, std::move(moved));
    values_.stable_erase(source);
}

void field_store::copy(std::string_view from, std::string_view to)
{
    if (texts_ && texts_->copy(from, to))
        return;
    const auto named = make_values();
    put_value(to, json::value(values_.at(from)));
}

// insert_or_assign() would make room first, and a short name that is a value would go with it.
void field_store::put_value(std::string_view name, json::value&& value)
{
    if (json::value* const there = values_.if_contains(name))
        *there = std::move(value);
    else
        values_.emplace(std::string(name), std::move(value));
}

void field_store::erase(std::string_view name)
{
    if (texts_)
        texts_->erase(name);
    else
        values_.stable_erase(name);
}

std::vector<std::string_view> field_store::names() const
{
    if (texts_)
        return texts_->names();
    std::vector<std::string_view> names;
    names.reserve(values_.size());
    for (const auto& each : values_)
        names.emplace_back(each.key());
    return names;
}

void field_store::write(std::string& out) const
{
    if (texts_)
        texts_->write(out);
    else
        write_json(values_, out);
}

std::uint64_t field_store::bytes() const noexcept
{
    return texts_ ? texts_->bytes() : bytes_of(values_);
}

// Returns the texts, of which the values were made.
std::unique_ptr<text_fields> field_store::make_values()
{
    if (texts_)
        values_ = texts_->values();
    return std::move(texts_);
}

} // namespace penstock::detail
