/// Elements that have no content.
extension HTML {
    @inlinable
    public mutating func br(_ attributes: Attribute...) { write(void: "br", attributes) }

    @inlinable
    public mutating func hr(_ attributes: Attribute...) { write(void: "hr", attributes) }

    @inlinable
    public mutating func wbr(_ attributes: Attribute...) { write(void: "wbr", attributes) }

    @inlinable
    public mutating func img(_ attributes: Attribute...) { write(void: "img", attributes) }

    @inlinable
    public mutating func input(_ attributes: Attribute...) { write(void: "input", attributes) }

    @inlinable
    public mutating func link(_ attributes: Attribute...) { write(void: "link", attributes) }

    @inlinable
    public mutating func meta(_ attributes: Attribute...) { write(void: "meta", attributes) }

    @inlinable
    public mutating func col(_ attributes: Attribute...) { write(void: "col", attributes) }

    @inlinable
    public mutating func source(_ attributes: Attribute...) { write(void: "source", attributes) }
}
