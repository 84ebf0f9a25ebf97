// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "data_alone.hpp"
#include "order_to_delete.hpp"

#include <penstock/publisher.hpp>

#include <cstddef>

namespace packets
{

/// A publisher of documents, which are made of fields, and of orders to delete them.
class document_publisher : public penstock::publisher
{
protected:
    using publisher::publisher;

    /// Ends an item that has no fields and is no order to delete: one of data alone fails, a
    /// trigger is dropped. Returns whether the item has ended. [within write()]
    bool end_without_document(std::size_t item, const penstock::packet& packet)
    {
        if (packet.field_count() != 0 || is_order_to_delete(packet))
            return false;
        if (is_data_alone(packet))
            fail(item, needs_fields);
        else
            drop(item);
        return true;
    }
};

} // namespace packets
