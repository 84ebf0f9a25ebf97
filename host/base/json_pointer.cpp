// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/json_pointer.hpp"

namespace penstock::host
{

std::string pointer_to(std::string_view pointer, std::string_view key)
{
    std::string to(pointer);
    to += '/';
    for (const char c : key)
        if (c == '~')
            to += "~0";
        else if (c == '/')
            to += "~1";
        else
            to += c;
    return to;
}

std::string pointer_to(std::string_view pointer, std::size_t index)
{
    return std::string(pointer) + '/' + std::to_string(index);
}

std::string json_place::pointer() const
{
    if (above_ == nullptr)
        return std::string(key_);
    return index_ ? pointer_to(above_->pointer(), *index_) : pointer_to(above_->pointer(), key_);
}

} // namespace penstock::host
