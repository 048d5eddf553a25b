"""What search keeps of a job."""

from board.core.job import Job
from board.search import IndexedJob


def indexed_job(job: Job, seq: int) -> IndexedJob:
    """The row of the search index for `job` as it is at `seq`."""
    return IndexedJob(
        job_id=job.id,
        number=job.number,
        state=job.state,
        seq=seq,
        plate=job.car.plate,
        vin=job.car.vin,
        ticket=job.ticket,
        phone_tail=job.customer.phone,
        customer=job.customer.name,
        arrived_at=job.arrived_at,
        closed_at=job.closed_at,
    )
